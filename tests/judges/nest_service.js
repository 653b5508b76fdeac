// A NestJS service with the defaults of its Swagger module, which returns what it receives.
//
// TypeScript would write decorators; here they are called, so that nothing has to be compiled.

require('reflect-metadata');
const { NestFactory } = require('@nestjs/core');
const common = require('@nestjs/common');
const { FileInterceptor } = require('@nestjs/platform-express');
const swagger = require('@nestjs/swagger');

function property(type, options) {
  return (target, name) => {
    Reflect.defineMetadata('design:type', type, target, name);
    swagger.ApiProperty(options)(target, name);
  };
}

function decorate(kind, name, parameters, types, ...decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(kind.prototype, name);
  parameters.forEach((each, index) => each(kind.prototype, name, index));
  Reflect.defineMetadata('design:paramtypes', types, kind.prototype, name);
  decorators.forEach((each) => each(kind.prototype, name, descriptor));
}

class CreateUserDto {}
property(String, {})(CreateUserDto.prototype, 'name');
property(String, { required: false, nullable: true })(CreateUserDto.prototype, 'nickname');

class UploadDto {}
property(Object, { type: 'string', format: 'binary' })(UploadDto.prototype, 'file');
property(String, { required: false })(UploadDto.prototype, 'note');

class AppController {
  getHello() { return 'Hello'; }
}
decorate(AppController, 'getHello', [], [], common.Get(), common.Header('Content-Type', 'text/plain'),
  swagger.ApiOkResponse({ type: String }));
common.Controller()(AppController);

class UsersController {
  create(user) { return { user }; }
  findAll(limit) { return { limit: limit ?? null }; }
  findOne(id) { return { id }; }
  update(id, user) { return { id, user }; }
  remove(id) { return { id }; }
  upload(id, file, body) {
    return { id, file: [file.originalname, file.mimetype, file.buffer.toString('latin1')], body: { ...body } };
  }
  findAvatar() { return { url: '/api/users?avatar=1' }; }
}
const { Body, Delete, Get, Param, Patch, Post, Query } = common;
decorate(UsersController, 'create', [Body()], [CreateUserDto], Post());
decorate(UsersController, 'findAll', [Query('limit')], [String], Get(),
  swagger.ApiQuery({ name: 'limit', required: false, type: String }));
decorate(UsersController, 'findOne', [Param('id')], [String], Get(':id'),
  swagger.ApiOkResponse({ schema: { type: 'object', properties: { id: { type: 'string' } } } }));
decorate(UsersController, 'update', [Param('id'), Body()], [String, CreateUserDto], Patch(':id'));
decorate(UsersController, 'remove', [Param('id')], [String], Delete(':id'));
decorate(UsersController, 'upload', [Param('id'), common.UploadedFile(), Body()], [String, Object, Object],
  Post(':id/photo'), common.UseInterceptors(FileInterceptor('file')),
  swagger.ApiConsumes('multipart/form-data'), swagger.ApiBody({ type: UploadDto }));
decorate(UsersController, 'findAvatar', [Param('id')], [String], Get(':id/avatar'),
  common.Redirect('/', 302), swagger.ApiFoundResponse({ description: 'Elsewhere.' }));
common.Controller('users')(UsersController);

class AppModule {}
common.Module({ controllers: [AppController, UsersController] })(AppModule);

async function main() {
  const app = await NestFactory.create(AppModule, { logger: false });
  app.setGlobalPrefix('api');
  const document = swagger.SwaggerModule.createDocument(app, new swagger.DocumentBuilder().setTitle('Nest').build());
  app.getHttpAdapter().get('/openapi.json', (_, response) => response.json(document));
  await app.listen(0, '127.0.0.1');
  console.log(`http://127.0.0.1:${app.getHttpServer().address().port}/openapi.json`);
}

main();
